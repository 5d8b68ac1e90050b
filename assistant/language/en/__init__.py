"""What is English alone: figures as they are written, spelling, sounds of romanised names."""
