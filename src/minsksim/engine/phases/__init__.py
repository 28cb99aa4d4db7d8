"""The phases of a turn, a file each; ``engine/schedule.py`` has their order."""
