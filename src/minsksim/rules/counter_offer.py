"""A counter-offer: an outsider bids for a party before that party signs with somebody else.

The outsider offers the party a package of its own, to be taken instead of the one on the table. It
looks for the one that costs it least and still makes the party leave the other. Where others can
pay for a package of its channel not to be signed (``blocking.py``), they can stop a counter-offer,
too. Everybody foresees that, so one that would be stopped is not made, and the package on the table
goes ahead.
"""

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER
from minsksim.domains.checked import checked


@checked(gain=NUMBER, reservation=NOT_NEGATIVE)
@inlined
def least_to_switch(gain: float, reservation: float) -> float:
    """Return what a party must gain from a counter-offer to take it instead of the package.

    Formula: m = G + r.

    Parameters
    ----------
    gain : float
        G, what the party expects of the package on the table, over no agreement, utils.
    reservation : float
        r >= 0, least gain for which it agrees to anything, over what it has without, utils.

    Returns
    -------
    float
        Utils over no agreement.

    Notes
    -----
    Source: bernheim_whinston1986, the agent takes the best of what is offered to it; that its
    reservation counts from the other offer is ours.

    Examples
    --------
    >>> least_to_switch(0.25, 0.125)
    0.375
    """
    return gain + reservation


@checked(gain=NUMBER, externality=NUMBER)
@inlined
def stake_in_bid(gain: float, externality: float) -> float:
    """Return what an outsider gains if its counter-offer is taken and the package falls.

    Formula: b = G - e.

    Parameters
    ----------
    gain : float
        G, what the counter-offer brings the outsider by itself, utils; below 0 if it only costs.
    externality : float
        e, what the package on the table would do to it if kept, utils; below 0 if it harms.

    Returns
    -------
    float
        Utils over what happens without the bid.

    Notes
    -----
    Source: bernheim_whinston1986, a bidder's payoff; segal1999 for the externality.

    Examples
    --------
    >>> stake_in_bid(-0.25, -0.375), stake_in_bid(-0.25, 0.0)
    (0.125, -0.25)
    """
    return gain - externality


@checked(bid=NUMBER, package=NUMBER)
@inlined
def change_by_bid(bid: float, package: float) -> float:
    """Return what it changes for an actor that a counter-offer is signed, and not the package.

    Formula: x = e' - e. Outsiders stop the counter-offer by the rule of ``is_bought_off``: if
    0 < S < h, with S the sum of x over the outsider and the party that it bids for, and h the sum
    of max(0, -x) over those who can pay. A bid that they would stop is not made, and the package
    goes ahead.

    Parameters
    ----------
    bid : float
        e', what the counter-offer would do to the actor if kept, utils.
    package : float
        e, what the package that falls with it would do to the actor if kept, utils.

    Returns
    -------
    float
        Utils over what happens without the bid; below 0 if the bid harms the actor.

    Notes
    -----
    Source: segal1999, externalities count from what happens otherwise; bernheim_whinston1986. That
    nobody makes a bid that will be stopped is ours: it would not be believed.

    Examples
    --------
    >>> change_by_bid(0.0, 0.25), change_by_bid(-0.25, -0.5)
    (-0.25, 0.25)
    """
    return bid - package


@checked(stake=NUMBER, reservation=NOT_NEGATIVE)
@jit
def is_worth_bidding(stake: float, reservation: float) -> bool:
    """Return whether an outsider makes its counter-offer.

    Formula: b > 0 and b >= r.

    Parameters
    ----------
    stake : float
        b, what it gains if the bid is taken, utils.
    reservation : float
        r >= 0, least gain for which it agrees to anything, utils.

    Returns
    -------
    bool
        Whether it bids.

    Notes
    -----
    Source: bernheim_whinston1986, no bidder gives more than the outcome is worth to it.

    Examples
    --------
    >>> is_worth_bidding(0.125, 0.0), is_worth_bidding(0.0, 0.0), is_worth_bidding(0.1, 0.2)
    (True, False, False)
    """
    return stake > 0.0 and stake >= reservation


@checked(gain=NUMBER, least=NUMBER)
@jit
def is_taken(gain: float, least: float) -> bool:
    """Return whether a party takes a counter-offer instead of the package.

    Formula: G >= m. A party to whom both are the same takes the bid: otherwise no bid would be the
    cheapest one, since half of what is added to it would do.

    Parameters
    ----------
    gain : float
        G, what the counter-offer brings the party over no agreement, utils.
    least : float
        m, as ``least_to_switch`` gives it, utils.

    Returns
    -------
    bool
        Whether it takes the counter-offer.

    Notes
    -----
    Source: bernheim_whinston1986, an agent who is indifferent does what the winner wants.

    Examples
    --------
    >>> is_taken(0.375, 0.375), is_taken(0.25, 0.375)
    (True, False)
    """
    return gain >= least
