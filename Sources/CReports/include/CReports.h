#pragma once
#include <stddef.h>
/// The reports' definitions, compiled in so that the program can be moved anywhere.
const unsigned char *kpi_report_monthly(size_t *size);
const unsigned char *kpi_report_response(size_t *size);
const unsigned char *kpi_report_conversion(size_t *size);
const unsigned char *kpi_report_outage(size_t *size);
const unsigned char *kpi_report_claim(size_t *size);
const unsigned char *kpi_report_vendors(size_t *size);
const unsigned char *kpi_report_change(size_t *size);
const unsigned char *kpi_report_efforts(size_t *size);
