extern "C" { }
