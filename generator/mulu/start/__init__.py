"""Side door: what `mulu new` and `mulu init` write. Nothing here checks or builds."""
