"""What a free answer at birth means: typed with care, or spoken and misheard.

Pure: text in, plain data out. Every function takes any string (empty, ten thousand letters,
emoji) and never raises.
"""
