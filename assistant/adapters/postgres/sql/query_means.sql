SELECT language, mean FROM embedding_mean WHERE side = 'query';
