"""A Word file that comes back from the other party, told against the version that was sent.

``recognition`` finds the version, ``readback`` tells the changes: those that nobody tracked first,
then those that Word tracked. Reads trees and bytes; opens no file, runs nothing, fetches nothing.
"""
