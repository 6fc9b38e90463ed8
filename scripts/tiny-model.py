#!/usr/bin/env python3
"""Write a tiny llama-architecture GGUF model with random weights, for llama.cpp.

It generates gibberish: for tests of a real server's HTTP stream, where the words
do not matter.  The same arguments (and numpy version) give the same weights.

    pip install gguf numpy
    python scripts/tiny-model.py --size small small.gguf

One channel of the residual stream (BIAS) is the same positive constant for
every token: embeddings set it and no layer writes to it.  A token's weight for
that channel in the output matrix therefore acts as a bias on its logit, which
is how control tokens (end of sequence among them) are kept from being sampled,
so that a reply runs to the requested number of tokens.
"""

import argparse

import gguf
import numpy as np

#        layers, width, heads, feed-forward width
SIZES = {"tiny": (2, 64, 4, 128), "small": (8, 512, 8, 1536)}
CONTEXT = 2048
BIAS = 0  # the reserved channel of the residual stream
NEVER = -1000.0  # its output weight for tokens that must not be sampled

CHAT_TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)


def vocabulary():
    """A SentencePiece-style vocabulary: (text, score, type) for each token."""
    kind = gguf.TokenType
    tokens = [("<unk>", 0.0, kind.UNKNOWN), ("<s>", 0.0, kind.CONTROL), ("</s>", 0.0, kind.CONTROL)]
    # Every byte, so that any prompt can be tokenized.
    tokens += [(f"<0x{b:02X}>", 0.0, kind.BYTE) for b in range(256)]
    # Printable ASCII (U+2581 is the space), then two, three and four bytes of UTF-8.
    pieces = ["\n", "\u2581"] + [chr(c) for c in range(33, 127)] + list("éñß漢字😀")
    # Syllables with and without a leading space make replies look like words.
    syllables = [c + v for c in "bcdfghjklmnprstvwz" for v in "aeiou"]
    pieces += syllables + ["\u2581" + s for s in syllables]
    tokens += [(p, -float(rank), kind.NORMAL) for rank, p in enumerate(pieces)]
    return tokens


def write_model(path, size, seed, raw_bytes):
    layers, width, heads, ffn = SIZES[size]
    tokens = vocabulary()
    rng = np.random.default_rng(seed)

    def matrix(rows, cols):  # variance 1/cols keeps activations near unit size
        return rng.standard_normal((rows, cols), dtype=np.float32) / np.sqrt(cols)

    def residual_matrix(cols):  # its result is added to the residual stream
        return np.where(np.arange(width)[:, None] == BIAS, 0.0, matrix(width, cols))

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(f"random-{size}")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(ffn)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_rope_dimension_count(width // heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))

    texts, scores, kinds = zip(*tokens)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(texts)
    writer.add_token_scores(scores)
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(CHAT_TEMPLATE)

    embedding = rng.standard_normal((len(tokens), width), dtype=np.float32)
    embedding[:, BIAS] = 1.0
    output = matrix(len(tokens), width)
    allowed = [gguf.TokenType.NORMAL] + [gguf.TokenType.BYTE] * raw_bytes
    output[:, BIAS] = [0.0 if kind in allowed else NEVER for kind in kinds]

    def add(name, array, dtype=np.float16):
        writer.add_tensor(name, array.astype(dtype))

    ones = np.ones(width)  # norm weights, which llama.cpp wants in float32
    add("token_embd.weight", embedding)
    add("output_norm.weight", ones, np.float32)
    add("output.weight", output)
    for block in (f"blk.{i}" for i in range(layers)):
        for name in ("attn_norm", "ffn_norm"):
            add(f"{block}.{name}.weight", ones, np.float32)
        for name in ("attn_q", "attn_k", "attn_v"):
            add(f"{block}.{name}.weight", matrix(width, width))
        add(f"{block}.attn_output.weight", residual_matrix(width))
        add(f"{block}.ffn_gate.weight", matrix(ffn, width))
        add(f"{block}.ffn_up.weight", matrix(ffn, width))
        add(f"{block}.ffn_down.weight", residual_matrix(ffn))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a tiny GGUF model with random weights.")
    parser.add_argument("path", help="file to write")
    parser.add_argument("--size", choices=SIZES, default="tiny")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw-bytes", action="store_true",
                        help="let it sample single bytes too: invalid UTF-8")
    args = parser.parse_args()
    write_model(args.path, args.size, args.seed, args.raw_bytes)
