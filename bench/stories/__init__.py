"""Twelve small lives, told over days; then she is asked. One TOML file each, made to be read.

`[[day]]` holds what the person says `after` so many days; `[[question]]` what is asked at the end, patterns of
which a right answer holds one, and patterns that make it wrong (what is over, or was never said). Where
`right` is empty it was never told, was forgotten or was off the record: the right answer is not to know.
"""
