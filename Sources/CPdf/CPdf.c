#include "CPdf.h"
