# Writes OUTPUT, C source with the text of every file of FILES (base names must differ).
set(code "#include \"style/built_in.h\"\n\n#include <string.h>\n\n")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  get_filename_component(name ${file} NAME)
  string(APPEND code "static const char file_${index}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", file_${index}},\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND code "\nstatic const struct {\n    const char *name, *text;\n} files[] = {\n${table}};\n
const char *evm_built_in_find(const char *name)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].name, name) == 0)
            return files[i].text;
    return NULL;
}
")
file(WRITE ${OUTPUT} "${code}")
