"""llama.cpp's own HTTP server over a tiny model with random weights, made here.

Runs in an environment of its own, because its wheel has 100 MB:
`uv pip install xllamacpp gguf numpy`. Prints `URL http://127.0.0.1:PORT` when it listens and ends
with its standard input. The key is `sk-test`. Its answers are gibberish; the wire is what counts.
"""

import sys
import tempfile
from pathlib import Path

import gguf
import numpy as np
import xllamacpp

WIDTH, INNER, HEADS = 64, 128, 4
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def make_model(path: Path) -> None:
    words = ["▁the", "▁delay", "▁of", "▁in", "▁", *(chr(code) for code in range(33, 127))]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    types = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * len(words)]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(8192)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * 259 + [-float(rank) for rank in range(len(words))])
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    random = np.random.default_rng(7)
    shapes = {
        "token_embd": (len(tokens), WIDTH),
        "output": (len(tokens), WIDTH),
        **{f"blk.0.attn_{part}": (WIDTH, WIDTH) for part in ("q", "k", "v", "output")},
        "blk.0.ffn_gate": (INNER, WIDTH),
        "blk.0.ffn_up": (INNER, WIDTH),
        "blk.0.ffn_down": (WIDTH, INNER),
    }
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", random.normal(0, 0.08, shape).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.gguf"
        make_model(path)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_ctx = 16_384
        params.n_parallel = 2
        params.cpuparams.n_threads = 1
        params.warmup = False
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = ["sk-test"]
        server = xllamacpp.Server(params)
        print("URL", server.listening_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
