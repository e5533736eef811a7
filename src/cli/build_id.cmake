# Writes OUTPUT, C source with the SHA-256 of all FILES under ROOT: what the program was made from.
set(all "")
foreach(file IN LISTS FILES)
  file(SHA256 ${file} hash)
  file(RELATIVE_PATH name ${ROOT} ${file})
  string(APPEND all "${hash} ${name}\n")
endforeach()
string(SHA256 build "${all}")
file(WRITE ${OUTPUT} "#include \"cli/build_id.h\"

const char *evm_cli_find_build(void)
{
    return \"${build}\";
}
")
