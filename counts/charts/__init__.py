"""Pictures of counts: pure functions from plain data to SVG and PNG. `drawing` is the door."""
