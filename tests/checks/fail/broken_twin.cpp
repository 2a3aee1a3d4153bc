// error: a_rule
#if SLA_FAIL
static_assert(sizeof(int) == 0, "a_rule");
#else
int main() { return nothing; }
#endif
