"""Everything that one machine without internet needs, in one folder: collecting it, and trying it where the network is cut."""
