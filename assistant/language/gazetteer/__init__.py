"""The proper nouns that the store holds, found in a text in whichever form people write them."""
