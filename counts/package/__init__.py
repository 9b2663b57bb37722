"""The public data set as files: a zipped data package and the same people for FollowTheMoney.

`state` says which state of the records the files must be of, `building` makes them, `kept` keeps the newest and hands it out.
"""
