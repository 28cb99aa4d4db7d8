"""How the parties of a channel find the package that their protocol asks for."""
