"""The commands, a file each: each parses, calls one public function and prints."""
