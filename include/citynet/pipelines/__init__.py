"""The steps of the way of the data, in order, as plain functions over the outside world; never imports Airflow."""
