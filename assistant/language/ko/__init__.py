"""What is Korean alone: particles, figures as they are written, letters, sounds, spelling, the clock."""
