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

static const unsigned char group[] = {
#embed "../../reports/group.yaml"
};

/// The name as on the command line, and the bytes.
#define REPORT(name, bytes) { name, bytes, sizeof bytes }

/// In the order in which help lists them.
static const kpi_report reports[] = {
    REPORT("monthly", monthly), REPORT("response", response), REPORT("conversion", conversion), REPORT("outage", outage),
    REPORT("claim", claim), REPORT("vendors", vendors), REPORT("change", change), REPORT("efforts", efforts), REPORT("rewards", rewards),
    REPORT("group", group),
};

size_t kpi_report_count(void) { return sizeof reports / sizeof reports[0]; }

kpi_report kpi_report_at(size_t index) { return reports[index]; }
