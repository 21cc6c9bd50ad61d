"""What a player sees and presses. The only room that knows rich and prompt_toolkit."""
