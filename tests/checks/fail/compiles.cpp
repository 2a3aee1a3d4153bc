// error: anything
int main() { return 0; }
