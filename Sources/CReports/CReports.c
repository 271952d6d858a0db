#include "CReports.h"
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char monthly[] = {
#embed "../../reports/monthly.yaml"
};
const unsigned char *kpi_report_monthly(size_t *size) {
    *size = sizeof monthly;
    return monthly;
}

static const unsigned char response[] = {
#embed "../../reports/response.yaml"
};
const unsigned char *kpi_report_response(size_t *size) {
    *size = sizeof response;
    return response;
}

static const unsigned char conversion[] = {
#embed "../../reports/conversion.yaml"
};
const unsigned char *kpi_report_conversion(size_t *size) {
    *size = sizeof conversion;
    return conversion;
}

static const unsigned char outage[] = {
#embed "../../reports/outage.yaml"
};
const unsigned char *kpi_report_outage(size_t *size) {
    *size = sizeof outage;
    return outage;
}

static const unsigned char claim[] = {
#embed "../../reports/claim.yaml"
};
const unsigned char *kpi_report_claim(size_t *size) {
    *size = sizeof claim;
    return claim;
}

static const unsigned char vendors[] = {
#embed "../../reports/vendors.yaml"
};
const unsigned char *kpi_report_vendors(size_t *size) {
    *size = sizeof vendors;
    return vendors;
}

static const unsigned char change[] = {
#embed "../../reports/change.yaml"
};
const unsigned char *kpi_report_change(size_t *size) {
    *size = sizeof change;
    return change;
}

static const unsigned char efforts[] = {
#embed "../../reports/efforts.yaml"
};
const unsigned char *kpi_report_efforts(size_t *size) {
    *size = sizeof efforts;
    return efforts;
}
