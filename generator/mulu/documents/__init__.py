"""Side door: Word files, web pages and Markdown to items. Nothing here checks or builds."""
