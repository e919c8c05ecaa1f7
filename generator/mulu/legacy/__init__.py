"""Side door: a list of old publications and their files to items, each row accounted for."""
