"""From one generation of a contract to the next: legal deadlines, and the profile that follows.

Takes contracts and profiles as others read them; opens neither the store nor the library.
"""
