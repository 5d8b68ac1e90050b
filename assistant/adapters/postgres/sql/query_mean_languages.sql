SELECT language FROM embedding_mean WHERE model = %s AND side = 'query'
