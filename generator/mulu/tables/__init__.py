"""Side door: the tables and Word files of offices, in and out. Nothing here checks or builds."""
