"""Files that people bring: what they are by their content, how pictures are cleaned, where files are kept."""
