// error: named_after_it
#if SLA_FAIL
static_assert(sizeof(int) == 0, "another rule");
#endif
int main() { return 0; }
