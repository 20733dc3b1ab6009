"""Forty invented networks of real places and what befalls their pages week by week, driven through the real platform.

    truth     who is a member when, kept by the simulation alone     troubles  what goes wrong at a site, and for how long
    prints    how a member's name is printed, and respelt            forms     the page as HTML or JSON, and its rules
    site      what is served in a week                               people    the operator and the curator, who answer late
    platform  capture, reading, acceptance, fold and their re-runs   alerts    release and messages of each round
    scores    claims held against the truth, and the bounds

One trouble at a time hides members: two of them without a well page between would be a departure to anybody who only reads
lists, since no rule can tell a page that is wrong for two months from one that is right.
"""
