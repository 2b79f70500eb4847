#include "pdf/objects.h"

HPDF_Dict bb_object(HPDF_Doc doc)
{
    HPDF_Dict dict = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, dict);
    return dict;
}

/* What is packed already has a filter that libharu must not apply again. */
static HPDF_STATUS say_filter(HPDF_Dict dict, HPDF_Stream out)
{
    (void)dict;
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\n");
}

void bb_stream_fill_packed(HPDF_Dict stream, const void *packed, size_t len)
{
    HPDF_Stream_Write(stream->stream, packed, (HPDF_UINT)len);
    stream->filter = HPDF_STREAM_FILTER_NONE;
    stream->write_fn = say_filter;
}

void bb_stream_fill(HPDF_Dict stream, struct bb_packer *packer, const struct bb_buf *bytes)
{
    struct bb_buf packed = BB_BUF_INIT;
    bb_pack(packer, bb_buf_text(bytes), bytes->len, &packed);
    bb_stream_fill_packed(stream, packed.data, packed.len);
    bb_buf_release(&packed);
}

HPDF_Dict bb_stream(HPDF_Doc doc, struct bb_packer *packer, const struct bb_buf *bytes)
{
    HPDF_Dict dict = HPDF_DictStream_New(doc->mmgr, doc->xref);
    bb_stream_fill(dict, packer, bytes);
    return dict;
}

HPDF_Array bb_numbers(HPDF_Doc doc, const int *number, size_t n)
{
    HPDF_Array array = HPDF_Array_New(doc->mmgr);
    for (size_t i = 0; i < n; i++) HPDF_Array_AddNumber(array, number[i]);
    return array;
}
