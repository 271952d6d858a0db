#include "CReports.h"
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char monthly[] = {
#embed "../../reports/monthly.yaml"
};
const unsigned char *kpi_report_monthly(size_t *size) {
    *size = sizeof monthly;
    return monthly;
}
