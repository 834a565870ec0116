"""One measured round: excel_child.py <file> <rows>. The same rows as excel-child.ts, written by XlsxWriter."""

import json
import resource
import sys
import time
from datetime import date

import xlsxwriter

path, count = sys.argv[1], int(sys.argv[2])
began = time.perf_counter()
book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
day = book.add_format({"num_format": "yyyy-mm-dd"})
bold = book.add_format({"bold": True})
sheet = book.add_worksheet("Data")
heads = "From,Platform,Account,Campaign,Ad group,Keyword,Device,Impressions,Clicks,Cost,Conversions,Conversion value"
for column, head in enumerate(heads.split(",")):
    sheet.write_string(0, column, head, bold)
for at in range(count):
    impressions = (at * 7919) % 60_000
    clicks = (at * 104_729) % 1_000
    row = at + 1
    sheet.write_datetime(row, 0, date(2026, at % 12 + 1, at % 28 + 1), day)
    sheet.write_string(row, 1, "네이버 검색광고" if at % 3 == 0 else "Google Ads")
    sheet.write_string(row, 2, "123-456-7890")
    sheet.write_string(row, 3, f"Brand campaign {at % 40} 한빛커피")
    sheet.write_string(row, 4, f"Ad group {at % 400} 원두 정기배송")
    sheet.write_string(row, 5, f"콜드브루 원두 추천 keyword {at}")
    sheet.write_string(row, 6, "mobile" if at % 2 == 0 else "desktop")
    sheet.write_number(row, 7, impressions)
    sheet.write_number(row, 8, clicks)
    sheet.write_number(row, 9, float(f"{clicks * 123}.45"))
    sheet.write_number(row, 10, float(f"{clicks % 50}.5"))
    sheet.write_number(row, 11, float(f"{clicks * 456}.78"))
sheet.autofilter(0, 0, count, 11)
sheet.freeze_panes(1, 0)
book.close()
wall = (time.perf_counter() - began) * 1000
print(json.dumps({"wall": wall, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
