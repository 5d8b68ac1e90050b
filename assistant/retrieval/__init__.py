"""From a plan to results: which search to run, their order, what is widened, which help entry fits."""
