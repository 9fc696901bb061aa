#!/bin/sh
echo ${#a[@]}
