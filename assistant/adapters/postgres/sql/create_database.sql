-- template0: a collation change in the machine's libraries cannot get in its way.
CREATE DATABASE budongi TEMPLATE template0
