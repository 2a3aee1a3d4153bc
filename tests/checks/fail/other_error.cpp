// error: no_such_rule
#if SLA_FAIL
static_assert(sizeof(int) == 0, "another rule");
#endif
int main() { return 0; }
