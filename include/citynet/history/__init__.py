"""What a network's accepted listings and people's judgements add up to: stays and changes."""
