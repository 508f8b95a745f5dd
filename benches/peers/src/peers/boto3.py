"""Makes forms by boto3 for the program that started the script, and measures the time.

Writes the version of boto3 and the fields of one form as JSON, then reads one number from each line, makes as many
forms, and writes how many nanoseconds that took.
"""

import json
import sys
import time

import boto3
from botocore.config import Config

task = json.loads(sys.argv[1])
client = boto3.client(
    "s3",
    region_name=task["region"],
    aws_access_key_id=task["access_key_id"],
    aws_secret_access_key=task["secret_access_key"],
    config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}),
)


def form():
    return client.generate_presigned_post(
        Bucket=task["bucket"],
        Key=task["key"],
        Fields={"Content-Type": task["content_type"]},
        Conditions=[
            {"Content-Type": task["content_type"]},
            ["content-length-range", task["min_length"], task["max_length"]],
        ],
        ExpiresIn=task["seconds"],
    )


print(json.dumps({"version": boto3.__version__, "fields": form()["fields"]}), flush=True)
for line in sys.stdin:
    count = int(line)
    start = time.perf_counter_ns()
    for _ in range(count):
        form()
    print(time.perf_counter_ns() - start, flush=True)
