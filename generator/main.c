/* main.c: options, commands, exit status. */
#include <stdio.h>

int main(void)
{
    puts("letak 0.1");
    return 0;
}
