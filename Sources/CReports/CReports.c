#include "CReports.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char monthly[] = {
#embed "../../reports/monthly.yaml"
};

static const unsigned char response[] = {
#embed "../../reports/response.yaml"
};

static const unsigned char conversion[] = {
#embed "../../reports/conversion.yaml"
};

static const unsigned char outage[] = {
#embed "../../reports/outage.yaml"
};

static const unsigned char claim[] = {
#embed "../../reports/claim.yaml"
};

static const unsigned char vendors[] = {
#embed "../../reports/vendors.yaml"
};

static const unsigned char change[] = {
#embed "../../reports/change.yaml"
};

static const unsigned char efforts[] = {
#embed "../../reports/efforts.yaml"
};

static const unsigned char rewards[] = {
#embed "../../reports/rewards.yaml"
};

#define REPORT(name) { #name, name, sizeof name }

/// In the order in which help lists them.
static const kpi_report reports[] = {
    REPORT(monthly), REPORT(response), REPORT(conversion), REPORT(outage),
    REPORT(claim), REPORT(vendors), REPORT(change), REPORT(efforts), REPORT(rewards),
};

size_t kpi_report_count(void) { return sizeof reports / sizeof reports[0]; }

kpi_report kpi_report_at(size_t index) { return reports[index]; }
