SELECT version FROM procrastinate.installed
