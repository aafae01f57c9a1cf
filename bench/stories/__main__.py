"""`python -m bench.stories`."""

from bench.contract import run
from bench.stories.living import GOALS, measure

if __name__ == "__main__":
    run("stories", measure, GOALS)
