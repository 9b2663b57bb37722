"""Files at the desk: photos as they came, captured sources, and the order among all of them."""
