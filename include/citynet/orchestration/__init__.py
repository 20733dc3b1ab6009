"""What ties the pipelines to Airflow: assets, defaults, the outside world inside a task, one-shot runs.

The only room that imports Airflow.
"""
