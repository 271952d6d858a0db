#include "CPresets.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char dealervault_sv[] = {
#embed "presets/dealervault-sv.yaml"
};

static const unsigned char dealervault_sl[] = {
#embed "presets/dealervault-sl.yaml"
};

static const unsigned char dealervault_appointments[] = {
#embed "presets/dealervault-appointments.yaml"
};

static const unsigned char cdk_service_ro[] = {
#embed "presets/cdk-service-ro.yaml"
};

static const unsigned char reynolds_ro[] = {
#embed "presets/reynolds-ro.yaml"
};

static const unsigned char dealertrack_ro[] = {
#embed "presets/dealertrack-ro.yaml"
};

static const unsigned char vinsolutions[] = {
#embed "presets/vinsolutions.yaml"
};

static const unsigned char call_tracking[] = {
#embed "presets/call-tracking.yaml"
};

static const unsigned char texting[] = {
#embed "presets/texting.yaml"
};

/// The name as in `preset:`, and the bytes.
#define PRESET(name, bytes) { name, bytes, sizeof bytes }

/// In the order in which `kpi presets` lists them.
static const kpi_preset presets[] = {
    PRESET("dealervault-sv", dealervault_sv),
    PRESET("dealervault-sl", dealervault_sl),
    PRESET("dealervault-appointments", dealervault_appointments),
    PRESET("cdk-service-ro", cdk_service_ro),
    PRESET("reynolds-ro", reynolds_ro),
    PRESET("dealertrack-ro", dealertrack_ro),
    PRESET("vinsolutions", vinsolutions),
    PRESET("call-tracking", call_tracking),
    PRESET("texting", texting),
};

size_t kpi_preset_count(void) { return sizeof presets / sizeof presets[0]; }

kpi_preset kpi_preset_at(size_t index) { return presets[index]; }
